using '../main.bicep'

// Private network, storage under the team's own key, one T4 at most.
param name = 'aiaas'
param tags = { project: 'aiaas', environment: 'prod' }
param privateNetwork = true
param storageSku = 'Standard_ZRS'
param hardwareProtectedKeys = true
param customerManagedKey = true
param keySoftDeleteDays = 90
param instanceMemoryMB = 4096
param alwaysReadyInstances = 1
param trainingProfile = 'Consumption-GPU-NC8as-T4'
param maxTrainings = 1
param grafana = true
param logRetentionDays = 90
param trainingImage = readEnvironmentVariable('AIAAS_TRAINING_IMAGE', '')
