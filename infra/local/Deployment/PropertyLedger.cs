namespace Isobar.Local.Deployment;

/// <summary>What the readers of one resource, the nested ones too, found out together.</summary>
internal sealed class PropertyLedger(string logicalId, string type)
{
    private readonly List<InertSetting> inert = [];

    public string LogicalId => logicalId;

    public string Type => type;

    public ErrorList Errors { get; } = new();

    public IReadOnlyList<InertSetting> Inert => inert;

    public void AddInert(SourceLocation location, string property, string why) =>
        inert.Add(new InertSetting(location, logicalId, property, why));
}
