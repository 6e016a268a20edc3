@description('Region of the vault.')
param location string

@description('Name of the vault: 3 to 24 letters, digits and dashes, unique in Azure.')
param name string

@description('Tags on every resource.')
param tags object

@description('Reached through a private endpoint only.')
param private bool

@description('Keys live in hardware (premium vault, RSA-HSM).')
param hardwareProtected bool

@description('Days that deleted keys are kept, and cannot be purged. Cannot be changed later.')
@minValue(7)
@maxValue(90)
param softDeleteDays int

@description('Workspace that takes the audit log.')
param workspaceId string

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: hardwareProtected ? 'premium' : 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: softDeleteDays
    enablePurgeProtection: true
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: private ? 'Deny' : 'Allow', bypass: 'AzureServices' }
  }
}

// Who used which key, and when: every unwrap of a dataset's key is one line.
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

@description('Resource id of the vault.')
output id string = vault.id

@description('Name of the vault.')
output name string = vault.name

@description('Address of the vault.')
output uri string = vault.properties.vaultUri
