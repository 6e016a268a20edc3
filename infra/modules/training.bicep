import { trainingQueue } from 'layout.bicep'

@description('An identity as resources and tokens call it.')
type identity = {
  id: string
  clientId: string
  principalId: string
}

@description('Region of the job.')
param location string

@description('Name of the job.')
param name string

@description('Tags on every resource.')
param tags object

@description('Container Apps environment that the job runs in.')
param environmentId string

@description('Workload profile that the job runs on.')
param workloadProfile string

@description('Image of the trainer.')
param image string

@description('Host name of the registry that holds it.')
param registryServer string

@description('The identity the container runs as.')
param jobIdentity identity

@description('The identity that pulls the image and counts messages; the container cannot use it.')
param platformIdentity identity

@description('Storage account: name and addresses.')
param storage {
  name: string
  blobEndpoint: string
  tableEndpoint: string
}

@description('Name of the Service Bus namespace.')
param serviceBusName string

@description('Host name of the Service Bus namespace.')
param serviceBusHostName string

@description('Address of the key vault.')
param vaultUri string

@description('Where telemetry goes.')
param insightsConnectionString string

@description('Cores of the container, as text: Container Apps takes fractions.')
param cpu string

@description('Memory of the container, such as 16Gi.')
param memory string

@description('Most executions at once: the GPU quota.')
@minValue(1)
param maxExecutions int

@description('Seconds after which an execution is ended; its checkpoints stay and the next one goes on from them.')
@minValue(60)
param replicaTimeoutSeconds int

@description('How often a failed execution is started again.')
@minValue(0)
@maxValue(10)
param replicaRetries int

resource job 'Microsoft.App/jobs@2025-01-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${jobIdentity.id}': {}, '${platformIdentity.id}': {} }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: workloadProfile
    configuration: {
      triggerType: 'Event'
      replicaTimeout: replicaTimeoutSeconds
      replicaRetryLimit: replicaRetries
      registries: [{ server: registryServer, identity: platformIdentity.id }]
      identitySettings: [
        { identity: jobIdentity.id, lifecycle: 'All' }
        // For the platform only: no token of it can be had inside the container.
        { identity: platformIdentity.id, lifecycle: 'None' }
      ]
      eventTriggerConfig: {
        parallelism: 1
        replicaCompletionCount: 1
        scale: {
          minExecutions: 0
          maxExecutions: maxExecutions
          pollingInterval: 30
          rules: [
            {
              name: 'training-messages'
              type: 'azure-servicebus'
              identity: platformIdentity.id
              // One execution takes one message.
              metadata: { queueName: trainingQueue, namespace: serviceBusName, messageCount: '1' }
            }
          ]
        }
      }
    }
    template: {
      containers: [
        {
          name: 'trainer'
          image: image
          resources: { cpu: json(cpu), memory: memory }
          env: [
            { name: 'AzureWebJobsStorage__accountName', value: storage.name }
            { name: 'AzureWebJobsStorage__blobServiceUri', value: storage.blobEndpoint }
            { name: 'AzureWebJobsStorage__tableServiceUri', value: storage.tableEndpoint }
            { name: 'ServiceBus__fullyQualifiedNamespace', value: serviceBusHostName }
            { name: 'KeyVaultUri', value: vaultUri }
            { name: 'AZURE_CLIENT_ID', value: jobIdentity.clientId }
            { name: 'AZURE_TOKEN_CREDENTIALS', value: 'ManagedIdentityCredential' }
            { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insightsConnectionString }
            { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'ClientId=${jobIdentity.clientId};Authorization=AAD' }
          ]
        }
      ]
    }
  }
}

@description('Name of the job.')
output name string = job.name
