using Isobar.Domain;
using Isobar.Intake;
using Isobar.Transform;

namespace Isobar.Functions.Tests.Simulation;

/// <summary>The landing bucket, as one worker sees it.</summary>
internal sealed class LandingBucket(Worker worker, IReadOnlyList<LandedFile> files) : ILandedObjects, ILandedRanges
{
    public Task<LandedContent> HeadAsync(ObjectVersion source, CancellationToken cancellationToken) =>
        worker.StepAsync("head", () =>
        {
            var content = files.Single(file => file.Landing.Source == source).Content;
            return Task.FromResult(new LandedContent(content.Length, content.IsGzip));
        });

    public Task<Stream> OpenAsync(ChunkMessage chunk, CancellationToken cancellationToken)
    {
        var file = files.Single(file => file.Job == chunk.Job);
        return worker.StepAsync(
            "read", () => Task.FromResult(file.Open(chunk)), () => Task.FromResult(Broken(file.Open(chunk))));
    }

    // The connection breaks off halfway, which looks like the end of the content.
    private static Stream Broken(Stream whole)
    {
        if (whole is not MemoryStream memory) throw new CallFailedException();
        return new MemoryStream(memory.ToArray(), 0, (int)memory.Length / 2);
    }
}

/// <summary>What the data bucket holds; no key is ever to hold other bytes than when nothing disturbs.</summary>
internal sealed class DataBucket
{
    private readonly Dictionary<string, byte[]> objects = [];
    private readonly List<(string Key, byte[] Content)> puts = [];

    public IReadOnlyDictionary<string, byte[]> Objects => objects;

    public void Put(string key, byte[] content)
    {
        objects[key] = content;
        puts.Add((key, content));
    }

    public void Delete(string key) => objects.Remove(key);

    /// <summary>What was put since the last time.</summary>
    public List<(string Key, byte[] Content)> TakePuts()
    {
        List<(string, byte[])> taken = [.. puts];
        puts.Clear();
        return taken;
    }
}

/// <summary>The data bucket, as one worker sees it.</summary>
internal sealed class Results(Worker worker, DataBucket bucket) : IResults
{
    public Task PutAsync(string key, Stream content, CancellationToken cancellationToken) =>
        worker.StepAsync($"put {key.Split('/')[0]}", () =>
        {
            bucket.Put(key, Undisturbed.Bytes(content));
            return Task.FromResult(true);
        });
}
