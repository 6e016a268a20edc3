using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AIaaS.Pipeline.Inference.Tensors;

/// <summary>Native memory with an owner: freed by Dispose, or by the runtime should an owner ever be lost.</summary>
internal sealed unsafe class AlignedMemory : SafeHandleZeroOrMinusOneIsInvalid
{
    private const int Alignment = 64;

    public AlignedMemory(int bytes)
        : base(ownsHandle: true) => SetHandle((nint)NativeMemory.AlignedAlloc((nuint)bytes, Alignment));

    public nint Address => handle;

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
