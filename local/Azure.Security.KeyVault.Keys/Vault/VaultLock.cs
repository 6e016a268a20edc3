namespace Azure.Security.KeyVault.Keys;

/// <summary>Lets one process at a time change the vault. The system releases the lock of a process that dies.</summary>
internal static class VaultLock
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <exception cref="RequestFailedException">503: somebody else held the lock for 30 s, or the folder cannot be written.</exception>
    public static async Task<FileStream> TakeAsync(VaultFolder folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                PrivateFile.CreateFolder(folder.Root);
                return PrivateFile.Open(folder.LockPath, FileMode.OpenOrCreate, FileShare.None);
            }
            catch (UnauthorizedAccessException denied)
            {
                throw VaultFault.Unavailable($"The vault {folder.Root} cannot be written: {denied.Message}", denied);
            }
            catch (IOException busy) when (time.GetElapsedTime(start) > s_patience)
            {
                throw VaultFault.Unavailable($"The vault {folder.Root} was locked for {s_patience.TotalSeconds:0} s, or cannot be written: {busy.Message}", busy);
            }
            catch (IOException)
            {
                await Task.Delay(s_pollInterval, time, cancellationToken);
            }
        }
    }
}
