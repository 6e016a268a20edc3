using System.Text.Json;

namespace Azure.Security.KeyVault.Keys;

/// <summary>
/// Where things lie: <c>keys/{name}/{ordinal}-{version}.json</c>, <c>deleted/{name}/…</c> after a deletion,
/// <c>machine.key</c>, and <c>lock</c> for whoever changes something.
/// </summary>
internal sealed class VaultFolder
{
    private const string DeletionFile = "deletion.json";

    private VaultFolder(Uri uri, string root)
    {
        Uri = uri;
        Root = root;
    }

    /// <summary>Ends with a slash.</summary>
    public Uri Uri { get; }

    public string Root { get; }

    public string MachineKeyPath => Path.Combine(Root, "machine.key");

    public string LockPath => Path.Combine(Root, "lock");

    private string KeysPath => Path.Combine(Root, "keys");

    private string DeletedPath => Path.Combine(Root, "deleted");

    /// <exception cref="NotSupportedException">The vault is in Azure, which this edition cannot reach.</exception>
    public static VaultFolder At(Uri vaultUri)
    {
        ArgumentNullException.ThrowIfNull(vaultUri);
        if (!vaultUri.IsAbsoluteUri || !vaultUri.IsFile || vaultUri.IsUnc)
            throw new NotSupportedException(
                $"The local edition of Azure.Security.KeyVault.Keys cannot reach '{vaultUri}'. " +
                "Set KeyVaultUri to a folder (file:///abs/folder/), or build with -p:AzurePackages=true.");
        var uri = vaultUri.AbsoluteUri.EndsWith('/') ? vaultUri : new Uri(vaultUri.AbsoluteUri + "/");
        return new VaultFolder(uri, uri.LocalPath);
    }

    /// <summary>Makes what a vault needs. To be called under the lock.</summary>
    public void Prepare()
    {
        PrivateFile.CreateFolder(KeysPath);
        PrivateFile.CreateFolder(DeletedPath);
        // With keys there, a new machine key would only hide that the old one is lost.
        if (!File.Exists(MachineKeyPath) && Names(KeysPath).Length == 0 && Names(DeletedPath).Length == 0)
            MachineKey.Create(MachineKeyPath);
    }

    public IEnumerable<string> KeyNames() => Names(KeysPath).Order(StringComparer.Ordinal);

    public bool IsDeleted(string name) => Directory.Exists(DeletedFolder(name));

    /// <summary>The file that a new version goes into; makes the key's folder.</summary>
    public KeyFile NewFile(KeyHeader header)
    {
        PrivateFile.CreateFolder(KeyFolder(header.Name));
        return new KeyFile(Path.Combine(KeyFolder(header.Name), KeyFile.FileName(header)));
    }

    /// <summary>The files of all versions, oldest first; empty if there is no such key.</summary>
    public IReadOnlyList<KeyFile> Files(string name) => FilesIn(KeyFolder(name), "*.json");

    /// <returns>Null if there is no such version; without a version, the newest.</returns>
    public KeyFile? Find(string name, string? version) => FilesIn(KeyFolder(name), $"*-{version ?? "*"}.json") is [.., var last] ? last : null;

    public (KeyFile File, Deletion Deletion)? Deleted(string name)
    {
        if (FilesIn(DeletedFolder(name), "*-*.json") is not [.., var last])
            return null;
        var path = Path.Combine(DeletedFolder(name), DeletionFile);
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), KeyJson.Default.Deletion) is { } deletion
                ? (last, deletion)
                : throw VaultFault.Damaged($"{path} says nothing about the deletion.");
        }
        catch (JsonException damaged)
        {
            throw VaultFault.Damaged($"{path} says nothing about the deletion.", damaged);
        }
    }

    /// <summary>One rename: the key is there or deleted, never both or neither.</summary>
    public void Delete(string name, Deletion deletion)
    {
        PrivateFile.Write(Path.Combine(KeyFolder(name), DeletionFile), JsonSerializer.SerializeToUtf8Bytes(deletion, KeyJson.Default.Deletion));
        Directory.Move(KeyFolder(name), DeletedFolder(name));
    }

    public void Recover(string name)
    {
        Directory.Move(DeletedFolder(name), KeyFolder(name));
        File.Delete(Path.Combine(KeyFolder(name), DeletionFile));
    }

    public void Purge(string name)
    {
        // The rename makes the key unfindable in one step; the folder's name is none that a key can have.
        var going = $"{DeletedFolder(name)}.purged";
        if (Directory.Exists(going))
            Directory.Delete(going, recursive: true);
        Directory.Move(DeletedFolder(name), going);
        Directory.Delete(going, recursive: true);
    }

    private static string[] Names(string folder) =>
        Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)).Where(name => !name.Contains('.'))] : [];

    private static KeyFile[] FilesIn(string folder, string pattern)
    {
        try
        {
            return [.. Directory.GetFiles(folder, pattern).Where(path => Path.GetFileName(path) != DeletionFile).Order(StringComparer.Ordinal).Select(path => new KeyFile(path))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    // Names of keys are compared without regard to case.
    private string KeyFolder(string name) => Path.Combine(KeysPath, name.ToLowerInvariant());

    private string DeletedFolder(string name) => Path.Combine(DeletedPath, name.ToLowerInvariant());
}
