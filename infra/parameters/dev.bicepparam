using '../main.bicep'

// Cheap at idle, reached from anywhere with a role; CPU training. Nothing is less encrypted than in prod.
param name = 'aiaasdev'
param tags = { project: 'aiaas', environment: 'dev' }
param privateNetwork = false
param storageSku = 'Standard_LRS'
param hardwareProtectedKeys = false
param customerManagedKey = false
param keySoftDeleteDays = 7
param maximumInstanceCount = 5
param trainingProfile = 'Consumption'
param trainingCpu = '4'
param trainingMemory = '8Gi'
param maxTrainings = 2
param logDailyGigabytes = 1
param trainingImage = readEnvironmentVariable('AIAAS_TRAINING_IMAGE', '')
