import { packageContainer } from 'layout.bicep'

@description('Region of the app.')
param location string

@description('Name of the app, unique in Azure.')
param name string

@description('Tags on every resource.')
param tags object

@description('The identity the app runs as.')
param identity {
  id: string
  clientId: string
  principalId: string
}

@description('Storage account: name and addresses.')
param storage {
  name: string
  blobEndpoint: string
  queueEndpoint: string
  tableEndpoint: string
}

@description('Host name of the Service Bus namespace.')
param serviceBusHostName string

@description('Address of the key vault.')
param vaultUri string

@description('Where telemetry goes.')
param insightsConnectionString string

@description('Memory of an instance.')
param instanceMemoryMB 512 | 2048 | 4096

@description('Most instances at once.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int

@description('Requests that one instance answers at the same time.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int

@description('Instances kept warm for HTTP; 0 for none, paid for while idle otherwise.')
@minValue(0)
param alwaysReadyInstances int

@description('Part of an instance\'s memory that loaded models may take, in percent; evaluation keys may take as much again.')
@minValue(5)
@maxValue(40)
param cachePercent int

@description('Schedule of the sweeps, NCRONTAB.')
param sweepSchedule string

@description('Subnet of the app; null for none.')
param subnetId string?

var cacheBytes = instanceMemoryMB * 1024 * 1024 / 100 * cachePercent

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: '${name}-plan'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  // azd finds the service by this tag.
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    virtualNetworkSubnetId: subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.blobEndpoint}${packageContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.id }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyInstances == 0 ? [] : [{ name: 'http', instanceCount: alwaysReadyInstances }]
        triggers: { http: { perInstanceConcurrency: httpConcurrency } }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      healthCheckPath: '/health/live'
    }
  }

  // No password can deploy: only whoever has a role on the app.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      // Connection AzureWebJobsStorage: the host's own storage, blob triggers, and the service's blobs and tables.
      AzureWebJobsStorage__accountName: storage.name
      AzureWebJobsStorage__blobServiceUri: storage.blobEndpoint
      AzureWebJobsStorage__queueServiceUri: storage.queueEndpoint
      AzureWebJobsStorage__tableServiceUri: storage.tableEndpoint
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.clientId
      // Connection ServiceBus.
      ServiceBus__fullyQualifiedNamespace: serviceBusHostName
      ServiceBus__credential: 'managedidentity'
      ServiceBus__clientId: identity.clientId
      KeyVaultUri: vaultUri
      // Which identity the worker's own clients take, and that they look nowhere else.
      AZURE_CLIENT_ID: identity.clientId
      AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential'
      // The host reads it before the worker runs, so it stands here and not in code.
      SweepSchedule: sweepSchedule
      SweepMinimumAge: '00:01:00'
      Inference__CacheBytes: string(cacheBytes)
      EvaluationKeys__CacheBytes: string(cacheBytes)
      APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.clientId};Authorization=AAD'
    }
  }
}

@description('Name of the app.')
output name string = app.name

@description('Where the service answers: aiaas --endpoint takes this.')
output endpoint string = 'https://${app.properties.defaultHostName}'
