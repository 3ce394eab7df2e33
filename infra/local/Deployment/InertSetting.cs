namespace Isobar.Local.Deployment;

/// <summary>Something the template says that changes nothing locally; the start prints each.</summary>
/// <param name="Property">Its path within the resource, or the resource's type when all of it is inert.</param>
/// <param name="Why">A clause that completes "changes nothing locally: …".</param>
internal sealed record InertSetting(SourceLocation Location, string LogicalId, string Property, string Why)
{
    public override string ToString() => $"{Location}: {LogicalId}: {Property} changes nothing locally: {Why}";
}
