using Isobar.Local.Deployment.Updates;

namespace Isobar.Local.Deployment;

/// <summary>Resources that change nothing locally: accepted, named, and listed at the start.</summary>
internal sealed class InertResources(IEnumerable<InertType> types) : IResourceProvider
{
    private readonly IReadOnlyDictionary<string, InertType> types = types.ToDictionary(type => type.Name);

    public IReadOnlyCollection<string> ResourceTypes => [.. types.Keys];

    public TypeUpdates UpdatesOf(string type) => new()
    {
        Replacement = types[type] switch
        {
            { NameProperty: { } name, HasPath: true } => [name, "Path"],
            { NameProperty: { } name } => [name],
            _ => [],
        },
        NameProperty = types[type].NameProperty,
        Change = (update, _) => ValueTask.FromResult(Create(update.Declaration)),
        Delete = (_, _) => ValueTask.CompletedTask,
    };

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Create(declaration));

    private DeployedResource Create(ResourceDeclaration declaration)
    {
        var type = types[declaration.Type];
        var properties = declaration.Properties;
        var name = type.NameProperty is { } property ? properties.OptionalString(property) : null;
        var path = type.HasPath ? properties.OptionalString("Path") : null;
        properties.InertResource(declaration.Location, type.Properties, type.Why);
        properties.Finish();
        name ??= PhysicalName.Generate(declaration.Stack, declaration.LogicalId, maxLength: 64);
        var resource = new InertResource(declaration.Stack, declaration.LogicalId, name, path ?? "/");
        var reference = type.Reference(resource);
        return new DeployedResource(
            declaration.LogicalId, declaration.Type, reference, reference, type.Attributes(resource));
    }
}
