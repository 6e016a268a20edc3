// AIaaS in one resource group. Compiled and linted; not deployed anywhere yet.

targetScope = 'resourceGroup'

@description('Beginning of every name: small letters and digits, beginning with a letter.')
@minLength(3)
@maxLength(10)
param name string = 'aiaas'

@description('Region of everything.')
param location string = resourceGroup().location

@description('Tags on every resource.')
param tags object = {}

@description('No public way to storage, queues, keys and images: a virtual network with private endpoints. The HTTP API stays public, behind its function keys.')
param privateNetwork bool = true

@description('Addresses of the virtual network: a /16.')
param addressPrefix string = '10.42.0.0/16'

@description('Redundancy of the storage account.')
param storageSku 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GRS' | 'Standard_GZRS' = 'Standard_ZRS'

@description('Days that overwritten and deleted blobs of the vault are kept.')
@minValue(1)
@maxValue(365)
param versionRetentionDays int = 14

@description('Days that results of inference are kept.')
@minValue(1)
@maxValue(365)
param resultRetentionDays int = 30

@description('Premium vault, and the storage account\'s key in hardware (RSA-HSM).')
param hardwareProtectedKeys bool = true

@description('Storage is encrypted under a key of the team, in its own vault, beneath the service\'s own encryption.')
param customerManagedKey bool = true

@description('Days that deleted keys are kept and cannot be purged. Cannot be changed later.')
@minValue(7)
@maxValue(90)
param keySoftDeleteDays int = 90

@description('Deliveries before a message goes to the dead-letter queue.')
@minValue(1)
@maxValue(2000)
param maxDeliveryCount int = 10

@description('Memory of an instance of the Function App.')
param instanceMemoryMB 512 | 2048 | 4096 = 2048

@description('Most instances of the Function App at once.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Requests that one instance answers at the same time.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 16

@description('Instances kept warm for HTTP; 0 for none, paid for while idle otherwise.')
@minValue(0)
param alwaysReadyInstances int = 0

@description('Part of an instance\'s memory that loaded models may take, in percent; evaluation keys may take as much again.')
@minValue(5)
@maxValue(40)
param cachePercent int = 25

@description('Schedule of the sweeps, NCRONTAB.')
param sweepSchedule string = '0 */2 * * * *'

@description('Image of the trainer, such as aiaas.azurecr.io/aiaas-training:1. Empty before the registry holds one: the job is left out then.')
param trainingImage string = ''

@description('Workload profile of the training job: Consumption for CPU, Consumption-GPU-NC8as-T4 or Consumption-GPU-NC24-A100 for a GPU.')
param trainingProfile 'Consumption' | 'Consumption-GPU-NC8as-T4' | 'Consumption-GPU-NC24-A100' = 'Consumption-GPU-NC8as-T4'

@description('Cores of the training container, as text.')
param trainingCpu string = '8'

@description('Memory of the training container.')
param trainingMemory string = '56Gi'

@description('Most trainings at once: the GPU quota of the subscription.')
@minValue(1)
param maxTrainings int = 1

@description('Seconds after which an execution is ended; the job goes on from its checkpoint.')
@minValue(60)
param trainingTimeoutSeconds int = 86400

@description('How often a failed execution is started again; the job\'s own record counts attempts besides.')
@minValue(0)
@maxValue(10)
param trainingRetries int = 1

@description('Days that logs and traces are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Most gigabytes of logs a day; -1 for no limit.')
param logDailyGigabytes int = 5

@description('Azure Monitor workspace (managed Prometheus) and Grafana.')
param grafana bool = false

var unique = uniqueString(subscription().id, resourceGroup().id, name)
var accountName = take('${name}${unique}', 24)

module identities 'modules/identities.bicep' = {
  name: 'identities'
  params: { location: location, name: name, tags: tags }
}

module observability 'modules/observability.bicep' = {
  name: 'observability'
  params: {
    location: location
    name: name
    tags: tags
    retentionDays: logRetentionDays
    dailyGigabytes: logDailyGigabytes
  }
}

module managedGrafana 'modules/grafana.bicep' = if (grafana) {
  name: 'grafana'
  params: { location: location, name: name, tags: tags }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  name: 'network'
  params: { location: location, name: name, tags: tags, addressPrefix: addressPrefix }
}

module keyVault 'modules/keyvault.bicep' = {
  name: 'keyvault'
  params: {
    location: location
    name: take('${name}-${unique}', 24)
    tags: tags
    private: privateNetwork
    hardwareProtected: hardwareProtectedKeys
    softDeleteDays: keySoftDeleteDays
    workspaceId: observability.outputs.workspaceId
  }
}

module encryption 'modules/encryption.bicep' = if (customerManagedKey) {
  name: 'encryption'
  params: {
    location: location
    name: name
    tags: tags
    vaultName: keyVault.outputs.name
    hardwareProtected: hardwareProtectedKeys
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    location: location
    name: accountName
    tags: tags
    sku: storageSku
    private: privateNetwork
    versionRetentionDays: versionRetentionDays
    resultRetentionDays: resultRetentionDays
    encryption: customerManagedKey ? encryption!.outputs.encryption : null
  }
}

module serviceBus 'modules/servicebus.bicep' = {
  name: 'servicebus'
  params: {
    location: location
    name: '${name}-${unique}'
    tags: tags
    private: privateNetwork
    maxDeliveryCount: maxDeliveryCount
  }
}

module registry 'modules/registry.bicep' = {
  name: 'registry'
  params: { location: location, name: '${name}${unique}', tags: tags, private: privateNetwork }
}

module roles 'modules/roles.bicep' = {
  name: 'roles'
  params: {
    storageName: storage.outputs.name
    serviceBusName: serviceBus.outputs.name
    vaultName: keyVault.outputs.name
    registryName: registry.outputs.name
    insightsName: observability.outputs.insightsName
    appPrincipalId: identities.outputs.app.principalId
    jobPrincipalId: identities.outputs.job.principalId
    platformPrincipalId: identities.outputs.platform.principalId
  }
}

var privateServices = [
  { resource: 'storage', service: 'blob', zone: 'privatelink.blob.${environment().suffixes.storage}' }
  { resource: 'storage', service: 'queue', zone: 'privatelink.queue.${environment().suffixes.storage}' }
  { resource: 'storage', service: 'table', zone: 'privatelink.table.${environment().suffixes.storage}' }
  { resource: 'serviceBus', service: 'namespace', zone: 'privatelink.servicebus.windows.net' }
  { resource: 'keyVault', service: 'vault', zone: 'privatelink.vaultcore.azure.net' }
  { resource: 'registry', service: 'registry', zone: 'privatelink${environment().suffixes.acrLoginServer}' }
]

module privateEndpoints 'modules/privateEndpoint.bicep' = [
  for item in privateServices: if (privateNetwork) {
    name: 'private-${item.resource}-${item.service}'
    params: {
      location: location
      name: '${name}-${item.service}-endpoint'
      tags: tags
      subnetId: network!.outputs.endpointsSubnetId
      networkId: network!.outputs.networkId
      resourceId: {
        storage: storage.outputs.id
        serviceBus: serviceBus.outputs.id
        keyVault: keyVault.outputs.id
        registry: registry.outputs.id
      }[item.resource]
      service: item.service
      zoneName: item.zone
    }
  }
]

module functions 'modules/functions.bicep' = {
  name: 'functions'
  // The host reads its storage as soon as it starts.
  dependsOn: [roles, privateEndpoints]
  params: {
    location: location
    name: '${name}-${unique}'
    tags: tags
    identity: identities.outputs.app
    storage: {
      name: storage.outputs.name
      blobEndpoint: storage.outputs.blobEndpoint
      queueEndpoint: storage.outputs.queueEndpoint
      tableEndpoint: storage.outputs.tableEndpoint
    }
    serviceBusHostName: serviceBus.outputs.hostName
    vaultUri: keyVault.outputs.uri
    insightsConnectionString: observability.outputs.insightsConnectionString
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    httpConcurrency: httpConcurrency
    alwaysReadyInstances: alwaysReadyInstances
    cachePercent: cachePercent
    sweepSchedule: sweepSchedule
    subnetId: privateNetwork ? network!.outputs.functionsSubnetId : null
  }
}

module jobEnvironment 'modules/jobEnvironment.bicep' = {
  name: 'job-environment'
  params: {
    location: location
    name: name
    tags: tags
    workspaceId: observability.outputs.workspaceId
    subnetId: privateNetwork ? network!.outputs.jobsSubnetId : null
    workloadProfile: trainingProfile
  }
}

module training 'modules/training.bicep' = if (!empty(trainingImage)) {
  name: 'training'
  // The image is pulled and the queue is counted as soon as the job is there.
  dependsOn: [roles, privateEndpoints]
  params: {
    location: location
    name: '${name}-training'
    tags: tags
    environmentId: jobEnvironment.outputs.id
    workloadProfile: trainingProfile
    image: trainingImage
    registryServer: registry.outputs.loginServer
    jobIdentity: identities.outputs.job
    platformIdentity: identities.outputs.platform
    storage: {
      name: storage.outputs.name
      blobEndpoint: storage.outputs.blobEndpoint
      tableEndpoint: storage.outputs.tableEndpoint
    }
    serviceBusName: serviceBus.outputs.name
    serviceBusHostName: serviceBus.outputs.hostName
    vaultUri: keyVault.outputs.uri
    insightsConnectionString: observability.outputs.insightsConnectionString
    cpu: trainingCpu
    memory: trainingMemory
    maxExecutions: maxTrainings
    replicaTimeoutSeconds: trainingTimeoutSeconds
    replicaRetries: trainingRetries
  }
}

module events 'modules/events.bicep' = {
  name: 'events'
  params: { location: location, name: '${name}-drops', tags: tags, storageId: storage.outputs.id }
}

@description('Where the service answers: aiaas --endpoint takes this.')
output endpoint string = functions.outputs.endpoint

@description('Name of the Function App.')
output functionAppName string = functions.outputs.name

@description('Storage account; drops go to its containers datasets, jobs and requests.')
output storageAccountName string = storage.outputs.name

@description('Name of the container registry.')
output registryName string = registry.outputs.name

@description('Host name of the registry, for image names.')
output registryServer string = registry.outputs.loginServer

@description('Address of the key vault.')
output keyVaultUri string = keyVault.outputs.uri

@description('Event Grid topic of the drops, for the second phase (eventSubscriptions.bicep).')
output eventTopicName string = events.outputs.name

@description('Where Grafana answers; empty without it.')
output grafanaEndpoint string = grafana ? managedGrafana!.outputs.grafanaEndpoint : ''
