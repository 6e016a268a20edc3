@description('Region of the topic: that of the storage account.')
param location string

@description('Name of the topic.')
param name string

@description('Tags on every resource.')
param tags object

@description('The storage account whose events these are.')
param storageId string

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  location: location
  tags: tags
  properties: {
    source: storageId
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

@description('Name of the topic.')
output name string = topic.name
