// Every role of the app, of the training container and of the platform beneath it, each with its reason.

import { trainingQueue } from 'layout.bicep'
import { roles } from 'roleIds.bicep'

@description('Storage account.')
param storageName string

@description('Service Bus namespace.')
param serviceBusName string

@description('Key vault.')
param vaultName string

@description('Container registry.')
param registryName string

@description('Application Insights component.')
param insightsName string

@description('Principal of the Function App\'s identity.')
param appPrincipalId string

@description('Principal of the training container\'s identity.')
param jobPrincipalId string

@description('Principal of the identity that pulls images and counts messages.')
param platformPrincipalId string

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource vaultContainer 'containers' existing = {
      name: 'vault'
    }
  }

  resource tableService 'tableServices' existing = {
    name: 'default'

    resource jobsTable 'tables' existing = {
      name: 'jobs'
    }

    resource modelsTable 'tables' existing = {
      name: 'models'
    }

    resource datasetsTable 'tables' existing = {
      name: 'datasets'
    }
  }
}

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: serviceBusName

  resource queue 'queues' existing = {
    name: trainingQueue
  }
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource registry 'Microsoft.ContainerRegistry/registries@2025-04-01' existing = {
  name: registryName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource appOnBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, appPrincipalId, roles.storageBlobDataOwner)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDataOwner)
    description: 'The Functions host keeps locks, receipts, keys and its package there; the app reads and writes every container.'
  }
}

resource appOnQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, appPrincipalId, roles.storageQueueDataContributor)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageQueueDataContributor)
    description: 'The blob extension queues events and poison notices.'
  }
}

resource appOnTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, appPrincipalId, roles.storageTableDataContributor)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageTableDataContributor)
    description: 'All records of the service are tables.'
  }
}

resource appReceives 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: namespace
  name: guid(namespace.id, appPrincipalId, roles.serviceBusDataReceiver)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.serviceBusDataReceiver)
    description: 'Queue triggers on dataset-ingestion and inference-requests; readiness peeks at training-jobs.'
  }
}

resource appSends 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: namespace
  name: guid(namespace.id, appPrincipalId, roles.serviceBusDataSender)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.serviceBusDataSender)
    description: 'Drops, sweeps, jobs and asynchronous inference send to all three queues.'
  }
}

resource appOnVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, appPrincipalId, roles.keyVaultCryptoOfficer)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultCryptoOfficer)
    description: 'Keys of datasets and models are made, used, rotated, disabled and deleted at a caller\'s request.'
  }
}

resource appOnInsights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, appPrincipalId, roles.monitoringMetricsPublisher)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.monitoringMetricsPublisher)
    description: 'Telemetry is written by identity, not by key.'
  }
}

resource jobOnVaultContainer 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account::blobs::vaultContainer
  name: guid(account::blobs::vaultContainer.id, jobPrincipalId, roles.storageBlobDataContributor)
  properties: {
    principalId: jobPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDataContributor)
    description: 'Reads shards, writes checkpoints and models; no other container.'
  }
}

resource jobOnJobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account::tableService::jobsTable
  name: guid(account::tableService::jobsTable.id, jobPrincipalId, roles.storageTableDataContributor)
  properties: {
    principalId: jobPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageTableDataContributor)
    description: 'Claims the job, renews its lease, reports progress.'
  }
}

resource jobOnModels 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account::tableService::modelsTable
  name: guid(account::tableService::modelsTable.id, jobPrincipalId, roles.storageTableDataContributor)
  properties: {
    principalId: jobPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageTableDataContributor)
    description: 'Registers the model version it made.'
  }
}

resource jobOnDatasets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account::tableService::datasetsTable
  name: guid(account::tableService::datasetsTable.id, jobPrincipalId, roles.storageTableDataReader)
  properties: {
    principalId: jobPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageTableDataReader)
    description: 'Reads where the dataset\'s shards are and their schema.'
  }
}

resource jobReceives 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: namespace::queue
  name: guid(namespace::queue.id, jobPrincipalId, roles.serviceBusDataReceiver)
  properties: {
    principalId: jobPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.serviceBusDataReceiver)
    description: 'Receives, renews and settles its one message.'
  }
}

resource jobSends 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: namespace::queue
  name: guid(namespace::queue.id, jobPrincipalId, roles.serviceBusDataSender)
  properties: {
    principalId: jobPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.serviceBusDataSender)
    description: 'Schedules the message that looks at the job again later.'
  }
}

resource jobOnKeys 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, jobPrincipalId, roles.keyVaultCryptoOfficer)
  properties: {
    principalId: jobPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultCryptoOfficer)
    description: 'Unwraps the dataset\'s key and makes the model\'s; no narrower built-in role may create keys.'
  }
}

resource jobOnInsights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, jobPrincipalId, roles.monitoringMetricsPublisher)
  properties: {
    principalId: jobPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.monitoringMetricsPublisher)
    description: 'Telemetry is written by identity, not by key.'
  }
}

resource platformPulls 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: registry
  name: guid(registry.id, platformPrincipalId, roles.acrPull)
  properties: {
    principalId: platformPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.acrPull)
    description: 'Container Apps pulls the image of the trainer.'
  }
}

resource platformCounts 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: namespace::queue
  name: guid(namespace::queue.id, platformPrincipalId, roles.serviceBusDataOwner)
  properties: {
    principalId: platformPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.serviceBusDataOwner)
    description: 'The scale rule reads the length of training-jobs, which takes the right to manage the queue.'
  }
}
