import { queues } from 'layout.bicep'

@description('Region of the namespace.')
param location string

@description('Name of the namespace, unique in Azure.')
param name string

@description('Tags on every resource.')
param tags object

@description('Reached through a private endpoint only; takes the Premium tier.')
param private bool

@description('Messaging units of the Premium tier.')
@allowed([1, 2, 4, 8, 16])
param premiumUnits int = 1

@description('Deliveries before a message goes to the dead-letter queue.')
@minValue(1)
@maxValue(2000)
param maxDeliveryCount int

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: private ? { name: 'Premium', tier: 'Premium', capacity: premiumUnits } : { name: 'Standard', tier: 'Standard' }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
  }
}

resource namespaceQueues 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = [
  for queue in queues: {
    parent: namespace
    name: queue
    properties: {
      // Receivers renew every third of it; a dead one's message comes again within a minute.
      lockDuration: 'PT1M'
      maxDeliveryCount: maxDeliveryCount
      // Message ids are made from what the message is about, so repeats within the window are dropped.
      requiresDuplicateDetection: true
      duplicateDetectionHistoryTimeWindow: 'PT10M'
      deadLetteringOnMessageExpiration: true
      defaultMessageTimeToLive: 'P14D'
      maxSizeInMegabytes: 1024
    }
  }
]

@description('Resource id of the namespace.')
output id string = namespace.id

@description('Name of the namespace.')
output name string = namespace.name

@description('Host name of the namespace.')
output hostName string = replace(replace(namespace.properties.serviceBusEndpoint, 'https://', ''), ':443/', '')
