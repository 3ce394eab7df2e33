using Isobar.Local.Deployment;
using Isobar.Local.Ownership;
using Isobar.Local.Services.CloudWatch.Operations;

namespace Isobar.Local.Services.CloudWatch.Dashboards;

/// <summary>Creates <c>AWS::CloudWatch::Dashboard</c>: Ref gives the name.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::CloudWatch::Dashboard.</remarks>
internal sealed class DashboardProvider(Monitor<DashboardBook> dashboards) : IResourceProvider
{
    private const string Type = "AWS::CloudWatch::Dashboard";

    public IReadOnlyCollection<string> ResourceTypes { get; } = [Type];

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var name = properties.OptionalString("DashboardName")
            ?? PhysicalName.Generate(declaration.Stack, declaration.LogicalId, maxLength: 255);
        var body = properties.RequiredString("DashboardBody");
        properties.Finish();
        DashboardCalls.Put(dashboards, new PutDashboardRequest(name, body));
        return ValueTask.FromResult(new DeployedResource(
            declaration.LogicalId, Type, name, name, new Dictionary<string, string>()));
    }
}
