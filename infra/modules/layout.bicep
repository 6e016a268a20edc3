// Every container, queue and table there is: the same as pipeline/Storage/StorageLayout.cs.

@export()
@description('Blob containers of the service.')
var containers = [
  'datasets'
  'jobs'
  'vault'
  'requests'
  'results'
  'evaluation-keys'
]

@export()
@description('Drop zones: blobs lie there in the clear until they are taken in.')
var dropContainers = [
  'datasets'
  'jobs'
  'requests'
]

@export()
@description('The container that holds the deployed package of the Function App, and nothing of the service.')
var packageContainer = 'app-package'

@export()
@description('Service Bus queues.')
var queues = [
  'dataset-ingestion'
  'training-jobs'
  'inference-requests'
]

@export()
@description('The queue whose messages start executions of the training job.')
var trainingQueue = 'training-jobs'

@export()
@description('Tables of records.')
var tables = [
  'datasets'
  'jobs'
  'models'
  'operations'
  'evaluationkeys'
]
