@description('Region of the environment.')
param location string

@description('Beginning of every name.')
param name string

@description('Tags on every resource.')
param tags object

@description('Workspace that takes the containers\' output.')
param workspaceId string

@description('Subnet of the containers; null for none.')
param subnetId string?

@description('Workload profile that the training job runs on, such as Consumption-GPU-NC8as-T4 or Consumption.')
param workloadProfile string

var consumption = { name: 'Consumption', workloadProfileType: 'Consumption' }

resource environment 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: '${name}-jobs'
  location: location
  tags: tags
  properties: {
    // Not log-analytics: that would take the workspace's shared key.
    appLogsConfiguration: { destination: 'azure-monitor' }
    vnetConfiguration: subnetId == null ? null : { infrastructureSubnetId: subnetId, internal: true }
    workloadProfiles: workloadProfile == 'Consumption'
      ? [consumption]
      : [consumption, { name: workloadProfile, workloadProfileType: workloadProfile }]
  }
}

resource output 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: environment
  name: 'output'
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'ContainerAppConsoleLogs', enabled: true }
      { category: 'ContainerAppSystemLogs', enabled: true }
    ]
  }
}

@description('Resource id of the environment.')
output id string = environment.id
