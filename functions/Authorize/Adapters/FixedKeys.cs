namespace Isobar.Authorize;

/// <summary>Keys that the function was deployed with; they change by a deployment only.</summary>
public sealed class FixedKeys(PublicKeys keys) : IKeySource
{
    public ValueTask<PublicKeys> GetAsync() => ValueTask.FromResult(keys);
}
