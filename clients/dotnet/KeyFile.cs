using System.Text;
using AIaaS.Homomorphic;
using AIaaS.Homomorphic.Ckks;
using AIaaS.Homomorphic.Rlwe;
using AIaaS.Homomorphic.Wire;

namespace AIaaS.Client;

/// <summary>A secret key on disk, mode 0600: a line with the id of the evaluation keys made for it, SEAL's EncryptionParameters, SEAL's SecretKey.</summary>
internal static class KeyFile
{
    private const string Magic = "aiaas key 1 ";
    private const int IdLength = 64;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <returns>The secret, to be disposed of, and the id of its evaluation keys; null when there is no file, or it is for other parameters.</returns>
    /// <exception cref="KeyFileException">The file is none, or others can read it.</exception>
    public static (SecretKey Secret, string EvaluationKeys)? Read(string path, CkksContext context)
    {
        if (!File.Exists(path)) return null;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != UnixFileMode.None)
            throw new KeyFileException($"Others can read {path}, which holds a secret key. Take their rights away (chmod 600), or delete it and let a new key be made.");
        try
        {
            using var stream = File.OpenRead(path);
            var head = new byte[Magic.Length + IdLength + 1];
            stream.ReadExactly(head);
            var text = Encoding.ASCII.GetString(head);
            if (!text.StartsWith(Magic, StringComparison.Ordinal) || text[^1] != '\n') throw new KeyFileException($"{path} is no key file. Name another file.");
            var parameters = SealReader.ReadParameters(stream).Value;
            return parameters.Equals(context.Parameters) ? (new SealReader(context).ReadSecretKey(stream).Value, text[Magic.Length..^1]) : null;
        }
        catch (Exception exception) when (exception is HomomorphicException or EndOfStreamException)
        {
            throw new KeyFileException($"{path} is damaged. Delete it and let a new key be made, or name another file.", exception);
        }
    }

    /// <summary>Replaces the file in one step; it is never there half-written, nor readable by others.</summary>
    public static void Write(string path, SecretKey secret, string evaluationKeys)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        try
        {
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(Encoding.ASCII.GetBytes($"{Magic}{evaluationKeys}\n"));
                var writer = new SealWriter();
                writer.Write(stream, secret.Context.Parameters);
                writer.Write(stream, secret);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
