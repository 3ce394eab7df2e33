using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;

namespace Isobar.Local.Tests.Deployment.Updates;

/// <summary>
/// Resources in memory: <c>Test::Thing</c> can be changed, replaced (by <c>Key</c>) and deleted;
/// <c>Test::Fixed</c> can't.
/// </summary>
internal sealed class Things : IResourceProvider
{
    public const string Thing = "Test::Thing";
    public const string Fixed = "Test::Fixed";

    /// <summary>What exists, by physical id, with its properties as JSON.</summary>
    public SortedDictionary<string, string> Live { get; } = new(StringComparer.Ordinal);

    /// <summary>What was done, in order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Fails calls that it says yes to.</summary>
    public Predicate<string> Fails { get; set; } = _ => false;

    public IReadOnlyCollection<string> ResourceTypes => [Thing, Fixed];

    public TypeUpdates UpdatesOf(string type) => type == Fixed
        ? TypeUpdates.None
        : TypeUpdates.InPlace(Change, Delete) with
        {
            Replacement = ["Key"],
            NameProperty = "Name",
            NotInPlace = new Dictionary<string, string> { ["Frozen"] = "nothing here can change it" },
        };

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        Do($"create {declaration.LogicalId}");
        var id = declaration.Properties.OptionalString("Name")
            ?? PhysicalName.Generate(declaration.Stack, declaration.LogicalId, maxLength: 60);
        if (!Live.TryAdd(id, Read(declaration))) throw new InvalidOperationException($"{id} already exists");
        return ValueTask.FromResult(Deployed(declaration, id));
    }

    private DeployedResource Change(ResourceUpdate update)
    {
        Do($"change {update.Declaration.LogicalId}{(update.IsRollback ? " back" : "")}");
        var id = update.Existing.PhysicalId;
        if (!Live.ContainsKey(id)) throw new InvalidOperationException($"{id} does not exist");
        Live[id] = Read(update.Declaration);
        return Deployed(update.Declaration, id);
    }

    private void Delete(ResourceDeletion deletion)
    {
        Do($"delete {deletion.Existing.LogicalId}");
        if (!Live.Remove(deletion.Existing.PhysicalId)) throw new InvalidOperationException("it does not exist");
    }

    private void Do(string call)
    {
        if (Fails(call)) throw new InvalidOperationException($"{call} failed");
        Calls.Add(call);
    }

    private static string Read(ResourceDeclaration declaration) => string.Join(
        ", ", declaration.Properties.Names.Order(StringComparer.Ordinal)
            .Select(name => $"{name}={declaration.Properties.OptionalJsonText(name)}"));

    private static DeployedResource Deployed(ResourceDeclaration declaration, string id) => new(
        declaration.LogicalId, declaration.Type, id, id, new Dictionary<string, string> { ["Arn"] = $"arn:{id}" });
}
