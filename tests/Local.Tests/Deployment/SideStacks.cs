using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Packages;

namespace Isobar.Local.Tests.Deployment;

/// <summary>A stack beside the core, such as that of live readings.</summary>
public sealed class SideStacks : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar-side-stack-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Paths_of_code_are_relative_to_its_own_template()
    {
        var packager = new Packager();
        var stack = await DeployAsync(packager);
        Assert.Equal([Path.Combine(folder.FullName, "layers", "shared")], packager.Asked);
        Assert.Equal("isobar-live", stack.Identity.StackName);
    }

    [Fact]
    public async Task Its_parameters_are_those_that_it_is_given()
    {
        var stack = await DeployAsync(new Packager(), "CoreStack=mine");
        Assert.Equal("mine-readings", Assert.Single(stack.Outputs).Value);
    }

    [Fact]
    public async Task What_can_not_be_packaged_is_told_with_its_line() =>
        Assert.Equal(6, Assert.Single((await Assert.ThrowsAsync<DeploymentException>(
            () => DeployAsync(new Packager { Fails = true }))).Errors).Location.Line);

    private async Task<DeployedStack> DeployAsync(Packager packager, params string[] parameters)
    {
        var file = Path.Combine(folder.CreateSubdirectory(Path.Combine("infra", "stacks")).FullName, "live.yaml");
        await File.WriteAllTextAsync(
            file,
            """
            Transform: AWS::Serverless-2016-10-31
            Parameters:
              CoreStack: {Type: String, Default: isobar}
            Resources:
              Queue: {Type: 'Test::Thing'}
              Layer: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: ../../layers/shared}}
            Outputs:
              Stream: {Value: !Sub '${CoreStack}-readings'}
            """,
            TestContext.Current.CancellationToken);
        return await SideStack.DeployAsync(
            file, parameters, StackIdentity.New("isobar-live", "000000000000", "us-east-1", Guid.Empty),
            [new RecordingProvider("AWS::Lambda::LayerVersion")], HostTemplateParts.All, packager, Deploy.Created,
            TestContext.Current.CancellationToken);
    }

    private sealed class Packager : ICodePackager
    {
        public List<string> Asked { get; } = [];

        public bool Fails { get; init; }

        public ValueTask<string> PackageAsync(CodeReference code, bool build, CancellationToken cancellationToken)
        {
            Asked.Add(code.Path);
            return Fails
                ? throw new DeploymentException(code.Location, code.LogicalId, "it is not there")
                : ValueTask.FromResult("package:1");
        }
    }
}
