import { roles } from 'roleIds.bicep'

@description('Region of the workspaces.')
param location string

@description('Beginning of every name.')
param name string

@description('Tags on every resource.')
param tags object

resource metrics 'Microsoft.Monitor/accounts@2023-04-03' = {
  name: '${name}-metrics'
  location: location
  tags: tags
}

resource grafana 'Microsoft.Dashboard/grafana@2024-10-01' = {
  name: take('${name}-grafana', 23)
  location: location
  tags: tags
  sku: { name: 'Standard' }
  identity: { type: 'SystemAssigned' }
  properties: {
    apiKey: 'Disabled'
    grafanaIntegrations: { azureMonitorWorkspaceIntegrations: [{ azureMonitorWorkspaceResourceId: metrics.id }] }
  }
}

resource grafanaOnMetrics 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: metrics
  name: guid(metrics.id, grafana.id, roles.monitoringDataReader)
  properties: {
    principalId: grafana.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.monitoringDataReader)
    description: 'Grafana queries the managed Prometheus.'
  }
}

@description('Where Grafana answers.')
output grafanaEndpoint string = grafana.properties.endpoint

@description('Where Prometheus queries are answered.')
output prometheusEndpoint string = metrics.properties.metrics.prometheusQueryEndpoint
