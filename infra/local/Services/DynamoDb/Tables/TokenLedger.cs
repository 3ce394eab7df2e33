namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>Keeps the ClientRequestTokens of transactions that succeeded.</summary>
/// <param name="capacity">At the bound the oldest token is forgotten before its time.</param>
internal sealed class TokenLedger(int capacity)
{
    private readonly Dictionary<string, string> fingerprints = new(StringComparer.Ordinal);
    private readonly Queue<(string Token, DateTimeOffset Expiry)> order = new();

    public int Count => order.Count;

    /// <returns>The fingerprint of the request that had this token, or null.</returns>
    public string? Find(string token, DateTimeOffset now)
    {
        while (order.TryPeek(out var oldest) && oldest.Expiry <= now) Forget();
        return fingerprints.GetValueOrDefault(token);
    }

    public void Remember(string token, string fingerprint, DateTimeOffset now)
    {
        if (order.Count == capacity) Forget();
        fingerprints.Add(token, fingerprint);
        order.Enqueue((token, now + DynamoDbLimits.TokenLifetime));
    }

    private void Forget() => fingerprints.Remove(order.Dequeue().Token);
}
