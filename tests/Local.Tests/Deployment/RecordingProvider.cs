using Isobar.Local.Deployment;

namespace Isobar.Local.Tests.Deployment;

/// <summary>Creates <c>Test::Thing</c>, and the types a test names, in memory.</summary>
internal sealed class RecordingProvider(params string[] types) : IResourceProvider
{
    public IReadOnlyCollection<string> ResourceTypes => [.. types, "Test::Thing"];

    public List<string> Created { get; } = [];

    /// <summary>Reads the properties of a declaration; reads all of them as JSON unless a test sets it.</summary>
    public Action<PropertyReader> Read { get; init; } = properties =>
    {
        foreach (var name in properties.Names.ToList()) properties.OptionalJson(name);
    };

    /// <summary>Reads a whole declaration, before <see cref="Read"/>.</summary>
    public Action<ResourceDeclaration> ReadDeclaration { get; init; } = _ => { };

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        ReadDeclaration(declaration);
        Read(declaration.Properties);
        Created.Add(declaration.LogicalId);
        var name = declaration.LogicalId.ToLowerInvariant()
            + (declaration.Properties.Names.Contains("FifoQueue") ? ".fifo" : "");
        var attributes = new Dictionary<string, string>
        {
            ["Arn"] = $"arn:test:{name}",
            ["Name.Full"] = $"full-{name}",
            ["QueueName"] = name,
            ["DomainName"] = $"{name}.global.test",
            ["RegionalDomainName"] = $"{name}.test",
            ["StreamArn"] = $"arn:test:{name}/stream",
            ["TopicName"] = name,
            ["Version"] = "1",
        };
        return ValueTask.FromResult(
            new DeployedResource(declaration.LogicalId, declaration.Type, name, $"ref-{name}", attributes));
    }
}
