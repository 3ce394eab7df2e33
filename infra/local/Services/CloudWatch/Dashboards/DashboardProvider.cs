using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Ownership;
using Isobar.Local.Services.CloudWatch.Operations;

namespace Isobar.Local.Services.CloudWatch.Dashboards;

/// <summary>Creates, changes and deletes <c>AWS::CloudWatch::Dashboard</c>: Ref gives the name.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::CloudWatch::Dashboard.</remarks>
internal sealed class DashboardProvider(Monitor<DashboardBook> dashboards) : IResourceProvider
{
    private const string Type = "AWS::CloudWatch::Dashboard";

    public IReadOnlyCollection<string> ResourceTypes { get; } = [Type];

    public TypeUpdates UpdatesOf(string type) => TypeUpdates.InPlace(
        update =>
        {
            // Its name is what it was; it is read as every property has to be.
            update.Declaration.Properties.OptionalString("DashboardName");
            Put(update.Declaration, update.Existing.PhysicalId);
            return update.Existing;
        },
        deletion => dashboards.Post((book, _) => book.Remove(deletion.Existing.PhysicalId))) with
    {
        Replacement = ["DashboardName"], NameProperty = "DashboardName",
    };

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var name = declaration.Properties.OptionalString("DashboardName")
            ?? PhysicalName.Generate(declaration.Stack, declaration.LogicalId, maxLength: 255);
        Put(declaration, name);
        return ValueTask.FromResult(new DeployedResource(
            declaration.LogicalId, Type, name, name, new Dictionary<string, string>()));
    }

    private void Put(ResourceDeclaration declaration, string name)
    {
        var body = declaration.Properties.RequiredString("DashboardBody");
        declaration.Properties.Finish();
        DashboardCalls.Put(dashboards, new PutDashboardRequest(name, body));
    }
}
