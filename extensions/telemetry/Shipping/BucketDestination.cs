using System.Globalization;
using Isobar.Telemetry.Batching;

namespace Isobar.Telemetry.Shipping;

/// <summary>Writes each batch as an object.</summary>
/// <param name="prefix">The part of every key before the date: <c>telemetry/&lt;function&gt;</c>.</param>
internal sealed class BucketDestination(IObjectStore store, string prefix, string environmentId) : IDestination
{
    public string Name => "the bucket";

    public TimeSpan Timeout { get; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Every failure may pass: a bucket can be made, and a permission given, while the function runs.
    /// </summary>
    public async Task<Answer> SendAsync(SealedBatch batch, CancellationToken cancellationToken) =>
        await store.PutAsync(Key(batch), batch.Content, cancellationToken) is { } error
            ? new Answer(Outcome.TryAgain, error)
            : Answer.Taken;

    // All attempts of one batch have the same key, so that a repeated write overwrites the first.
    private string Key(SealedBatch batch) => string.Create(
        CultureInfo.InvariantCulture,
        $"{prefix}/{batch.SealedAt.UtcDateTime:yyyy'/'MM'/'dd}/{environmentId}/{batch.FirstSequence:D12}.jsonl.gz");
}
