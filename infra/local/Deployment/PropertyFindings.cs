namespace Isobar.Local.Deployment;

/// <summary>The errors and inert settings that all readers of one resource have found.</summary>
internal sealed class PropertyFindings(string logicalId, string type)
{
    private readonly List<InertSetting> inert = [];

    public string LogicalId => logicalId;

    public string Type => type;

    public ErrorList Errors { get; } = new();

    public IReadOnlyList<InertSetting> Inert => inert;

    public void AddInert(SourceLocation location, string property, string why) =>
        inert.Add(new InertSetting(location, logicalId, property, why));
}
