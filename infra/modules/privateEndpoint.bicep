@description('Region of the endpoint.')
param location string

@description('Name of the endpoint.')
param name string

@description('Tags on every resource.')
param tags object

@description('Subnet of the endpoint.')
param subnetId string

@description('Network whose machines resolve the private name.')
param networkId string

@description('The resource behind the endpoint.')
param resourceId string

@description('Which of its services, such as blob.')
param service string

@description('Private DNS zone of the service, such as privatelink.blob.core.windows.net.')
param zoneName string

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [{ name: service, properties: { privateLinkServiceId: resourceId, groupIds: [service] } }]
  }
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: zoneName
  location: 'global'
  tags: tags
}

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = {
  parent: zone
  name: uniqueString(networkId)
  location: 'global'
  tags: tags
  properties: {
    virtualNetwork: { id: networkId }
    registrationEnabled: false
  }
}

resource zoneGroup 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = {
  parent: endpoint
  name: 'default'
  properties: { privateDnsZoneConfigs: [{ name: service, properties: { privateDnsZoneId: zone.id } }] }
}
