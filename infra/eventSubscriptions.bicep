// The second phase: announces drops to the Function App. It needs a key that the blob extension makes only once the app's
// code runs, so it cannot be part of main.bicep. Whoever deploys passes the key.

targetScope = 'resourceGroup'

@description('The Event Grid topic that main.bicep made.')
param topicName string

@description('Name of the Function App.')
param functionAppName string

@description('System key of the blob extension (blobs_extension).')
@secure()
param blobExtensionKey string

// Container of the drops, and the function that takes them.
var drops = [
  { container: 'datasets', function: 'DatasetDropped' }
  { container: 'jobs', function: 'JobFileDropped' }
  { container: 'requests', function: 'RequestDropped' }
]

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

resource app 'Microsoft.Web/sites@2024-11-01' existing = {
  name: functionAppName
}

// One at a time: Event Grid refuses changes of one topic at the same time.
@batchSize(1)
resource subscriptions 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = [
  for drop in drops: {
    parent: topic
    name: drop.container
    properties: {
      eventDeliverySchema: 'EventGridSchema'
      filter: {
        includedEventTypes: ['Microsoft.Storage.BlobCreated']
        subjectBeginsWith: '/blobServices/default/containers/${drop.container}/'
      }
      retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
      destination: {
        endpointType: 'WebHook'
        properties: {
          endpointUrl: 'https://${app.properties.defaultHostName}/runtime/webhooks/blobs?functionName=Host.Functions.${drop.function}&code=${blobExtensionKey}'
          minimumTlsVersionAllowed: '1.2'
          maxEventsPerBatch: 1
        }
      }
    }
  }
]
