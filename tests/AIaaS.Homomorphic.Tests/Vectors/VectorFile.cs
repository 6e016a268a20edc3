using System.Runtime.InteropServices;

namespace AIaaS.Homomorphic.Tests.Vectors;

/// <summary>The files beside this one.</summary>
internal static class VectorFile
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", name + ".bin"));

    public static ulong[] Words(string name) => MemoryMarshal.Cast<byte, ulong>(Bytes(name)).ToArray();
}
