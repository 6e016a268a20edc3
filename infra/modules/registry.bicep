@description('Region of the registry.')
param location string

@description('Name of the registry: 5 to 50 letters and digits, unique in Azure.')
param name string

@description('Tags on every resource.')
param tags object

@description('Reached through a private endpoint only; takes the Premium tier.')
param private bool

resource registry 'Microsoft.ContainerRegistry/registries@2025-04-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: private ? 'Premium' : 'Basic' }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
  }
}

@description('Resource id of the registry.')
output id string = registry.id

@description('Name of the registry.')
output name string = registry.name

@description('Host name of the registry.')
output loginServer string = registry.properties.loginServer
