@description('Region of the identities.')
param location string

@description('Beginning of every name.')
param name string

@description('Tags on every resource.')
param tags object

resource app 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: '${name}-app'
  location: location
  tags: tags
}

resource job 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: '${name}-job'
  location: location
  tags: tags
}

// Pulls the image and counts the queue's messages for the platform. The container itself cannot get its tokens.
resource platform 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: '${name}-platform'
  location: location
  tags: tags
}

@description('An identity: what it is called by resources (id), by tokens (clientId) and by role assignments (principalId).')
type identity = {
  id: string
  clientId: string
  principalId: string
}

@description('The Function App.')
output app identity = { id: app.id, clientId: app.properties.clientId, principalId: app.properties.principalId }

@description('The training container.')
output job identity = { id: job.id, clientId: job.properties.clientId, principalId: job.properties.principalId }

@description('Container Apps itself.')
output platform identity = {
  id: platform.id
  clientId: platform.properties.clientId
  principalId: platform.properties.principalId
}
