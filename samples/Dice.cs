namespace Isobar.Samples;

/// <summary>
/// A seeded source of whole numbers (SplitMix64). It gives the same numbers on every runtime, which System.Random does
/// not guarantee.
/// </summary>
public sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>A number from 0 up to, not including, <paramref name="bound"/>.</summary>
    public int Below(int bound)
    {
        var mixed = state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
        return (int)(((mixed ^ mixed >> 31) >> 33) % (uint)bound);
    }

    /// <summary>True this many times in a thousand.</summary>
    public bool PerMille(int times) => Below(1000) < times;

    /// <summary>About 0, at most <paramref name="extent"/> away, and mostly much nearer.</summary>
    public int Around(int extent)
    {
        var bound = 2 * extent + 1;
        return (Below(bound) + Below(bound) + Below(bound)) / 3 - extent;
    }
}
