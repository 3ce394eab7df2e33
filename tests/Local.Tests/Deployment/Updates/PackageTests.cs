using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Packages;

namespace Isobar.Local.Tests.Deployment.Updates;

public sealed class PackageTests
{
    private const string Template = """
        Transform: AWS::Serverless-2016-10-31
        Globals: {Function: {CodeUri: functions/Shared, Handler: H, Runtime: dotnet10, AutoPublishAlias: live}}
        Conditions: {Never: !Equals [a, b]}
        Resources:
          One: {Type: AWS::Serverless::Function}
          Two: {Type: AWS::Serverless::Function, Properties: {CodeUri: functions/Two, Layers: [!Ref Layer]}}
          Gone: {Type: AWS::Serverless::Function, Condition: Never, Properties: {CodeUri: functions/Gone}}
          Layer: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: layers/Shared}}
        """;

    [Fact]
    public async Task Each_path_of_what_is_made_is_packaged_once()
    {
        var packager = new Packager("1");
        await PackageAsync(Template, packager);
        Assert.Equal(["functions/Shared", "functions/Two", "layers/Shared"], packager.Asked.Order());
    }

    [Fact]
    public async Task Another_content_makes_another_version_and_another_layer()
    {
        var (before, same, after) = (
            await IdsAsync(Template, "1"), await IdsAsync(Template, "1"), await IdsAsync(Template, "2"));
        Assert.Equal(before, same);
        foreach (var start in (string[])["OneVersion", "TwoVersion", "Layer"])
            Assert.NotEqual(Id(before, start), Id(after, start));
        Assert.Equal(Id(before, "OneAlias"), Id(after, "OneAlias"));
    }

    [Fact]
    public async Task A_layer_makes_new_versions_of_functions_only_if_it_says_so()
    {
        var all = Template.Replace(
            "AutoPublishAlias: live", "AutoPublishAlias: live, AutoPublishAliasAllProperties: true",
            StringComparison.Ordinal);
        Assert.Equal(
            Id(await IdsAsync(all, "1", "1"), "TwoVersion"), Id(await IdsAsync(all, "1", "2"), "TwoVersion"));
        var publishing = all.Replace("layers/Shared", "layers/Shared, PublishLambdaVersion: true",
            StringComparison.Ordinal);
        Assert.NotEqual(
            Id(await IdsAsync(publishing, "1", "1"), "TwoVersion"),
            Id(await IdsAsync(publishing, "1", "2"), "TwoVersion"));
        Assert.Equal(
            Id(await IdsAsync(publishing, "1", "1"), "OneVersion"),
            Id(await IdsAsync(publishing, "1", "2"), "OneVersion"));
    }

    [Fact]
    public async Task Every_path_that_cannot_be_packaged_is_told_with_its_line()
    {
        var refusal = await Assert.ThrowsAsync<DeploymentException>(
            () => PackageAsync(Template, new Packager("1") { Fails = true }));
        Assert.Equal([5, 6, 8], refusal.Errors.Select(error => error.Location.Line));
    }

    private static string Id(IEnumerable<string> ids, string start) =>
        Assert.Single(ids, id => id.StartsWith(start, StringComparison.Ordinal));

    private static async Task<IReadOnlyList<string>> IdsAsync(string template, string code, string? layer = null)
    {
        var packaged = await PackageAsync(template, new Packager(code) { Layer = layer ?? code });
        return [.. Plan(packaged).Resources.Select(resource => resource.Entry.LogicalId)];
    }

    private static Task<TemplateSource> PackageAsync(string template, Packager packager)
    {
        var source = new TemplateSource("template.yaml", template);
        return TemplatePackages.PackageAsync(source, Plan(source), packager, build: true, default);
    }

    private static StackPlan Plan(TemplateSource source) => StackPlan.Prepare(
        source, ParameterProfile.Empty, Deploy.Stack,
        [
            "AWS::Lambda::Function", "AWS::Lambda::Version", "AWS::Lambda::Alias", "AWS::Lambda::LayerVersion",
            "AWS::IAM::Role",
        ],
        HostTemplateParts.All, new ErrorList());

    private sealed class Packager(string code) : ICodePackager
    {
        public List<string> Asked { get; } = [];

        public string? Layer { get; init; }

        public bool Fails { get; init; }

        public ValueTask<string> PackageAsync(CodeReference reference, bool build, CancellationToken cancellationToken)
        {
            Asked.Add(reference.Path);
            return Fails
                ? throw new DeploymentException(reference.Location, reference.LogicalId, "nothing there")
                : ValueTask.FromResult($"package:{(reference.IsLayer ? Layer ?? code : code)}");
        }
    }
}
