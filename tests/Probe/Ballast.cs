using System.Runtime.InteropServices;

namespace Isobar.Probe;

/// <summary>
/// Memory that is taken and never given back: beside the heap, whose limit would answer first, and touched, so that it
/// counts as resident.
/// </summary>
internal sealed class Ballast
{
    private readonly List<nint> blocks = [];

    /// <returns>How many megabytes are held in all.</returns>
    public unsafe int Take(int megabytes)
    {
        for (var i = 0; i < megabytes; i++)
        {
            var block = (byte*)NativeMemory.Alloc(1 << 20);
            new Span<byte>(block, 1 << 20).Fill(1);
            blocks.Add((nint)block);
        }

        return blocks.Count;
    }
}
