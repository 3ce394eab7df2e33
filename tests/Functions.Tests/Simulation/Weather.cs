using Isobar.Domain;
using Isobar.Functions.Tests.Domain;
using Isobar.Functions.Tests.Jobs;
using Isobar.Intake;

namespace Isobar.Functions.Tests.Simulation;

/// <summary>How rough a run is, and on what files; a function of its seed.</summary>
/// <param name="Loss">The chance that a worker is lost at a step.</param>
/// <param name="Failure">The chance that a step fails.</param>
/// <param name="MaxReceives">Before a message goes to the dead letters.</param>
internal sealed record Weather(double Loss, double Failure, int MaxReceives, IReadOnlyList<LandedFile> Files)
{
    private static readonly double[] Chances = [0, 0.02, 0.06, 0.15];

    public static async Task<Weather> OfAsync(int seed, Random random)
    {
        var files = new List<LandedFile>();
        // Chunks of one byte show what the limit on their number does; few lines, because most chunks are then empty.
        var chunkBytes = random.Next(40) == 0 ? 1 : 0;
        foreach (var (version, content) in Contents(random))
        {
            var bytes = chunkBytes > 0 ? chunkBytes : Math.Max(1, content.Length / random.Next(1, 14));
            files.Add(await LandedFile.CreateAsync(Source(seed, version), content, bytes));
        }

        return Rough(random, files);
    }

    /// <summary>A file with chunks of the application's own size.</summary>
    public static async Task<Weather> OfRealSizeAsync(int seed, Random random)
    {
        var length = 12 * ChunkPlan.ChunkBytes - random.Next(3_000_000);
        var content = new SparseContent(random, length, ChunkPlan.ChunkBytes);
        return Rough(random, [await LandedFile.CreateAsync(Source(seed, 1), content, ChunkPlan.ChunkBytes)]);
    }

    private static Weather Rough(Random random, IReadOnlyList<LandedFile> files) => new(
        Chances[random.Next(Chances.Length)], Chances[random.Next(Chances.Length)], random.Next(1, 6), files);

    private static IEnumerable<(int Version, Content Content)> Contents(Random random)
    {
        var file = RandomFile.Create(random);
        switch (random.Next(8))
        {
            case 0:
                yield return (1, new GzipContent(file, isBroken: true));
                yield return (2, new GzipContent(file, isBroken: false));
                break;
            case 1:
                yield return (1, new PlainContent(file));
                yield return (2, new GzipContent(RandomFile.Create(random), isBroken: false));
                break;
            case 2 when random.Next(3) == 0:
                yield return (1, new PlainContent([]));
                break;
            default:
                yield return (1, new PlainContent(file));
                break;
        }
    }

    private static Landing Source(int seed, int version) => new(
        new ObjectVersion("landing", $"seeds/{seed}.csv", $"v{version}", $"0055AED6DCD9028{version:X4}"),
        Examples.LandedAt);
}
