// The customer-managed key of the storage account: beneath the service's own encryption, under a key that the team can revoke.

import { roles } from 'roleIds.bicep'

@description('Region of the identity.')
param location string

@description('Beginning of every name.')
param name string

@description('Tags on every resource.')
param tags object

@description('Name of the vault that holds the key.')
param vaultName string

@description('The key lives in hardware.')
param hardwareProtected bool

var keyName = 'storage-encryption'

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource key 'Microsoft.KeyVault/vaults/keys@2024-11-01' = {
  parent: vault
  name: keyName
  properties: {
    kty: hardwareProtected ? 'RSA-HSM' : 'RSA'
    keySize: 3072
    keyOps: ['wrapKey', 'unwrapKey']
    rotationPolicy: {
      attributes: { expiryTime: 'P2Y' }
      lifetimeActions: [
        { action: { type: 'rotate' }, trigger: { timeAfterCreate: 'P1Y' } }
        { action: { type: 'notify' }, trigger: { timeBeforeExpiry: 'P30D' } }
      ]
    }
  }
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: '${name}-encryption'
  location: location
  tags: tags
}

resource encryptionOnVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, identity.id, roles.keyVaultCryptoServiceEncryptionUser)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultCryptoServiceEncryptionUser)
    description: 'Storage wraps and unwraps the account key under the customer-managed key.'
  }
}

@description('What the storage account needs to use the key; handed out once the role is assigned.')
output encryption {
  identityId: string
  keyName: string
  vaultUri: string
} = {
  // Only after the role: the account tries the key when it is made.
  identityId: empty(encryptionOnVault.id) ? '' : identity.id
  keyName: key.name
  vaultUri: vault.properties.vaultUri
}
