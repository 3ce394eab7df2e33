namespace Isobar.Local.Tests.Services.CodeDeploy;

internal sealed class ApplicationsInRegions : IRegionalService
{
    private const string Target = "CodeDeploy_20141006.";

    public string SigningName => "codedeploy";

    public Task<(int Status, string Body)> CreateAsync(ServicesOnPortZero host, string name, string region) =>
        host.JsonAsync(SigningName, Target + "CreateApplication",
            $$"""{"applicationName":"{{name}}","computePlatform":"Lambda"}""", region);

    public Task<(int Status, string Body)> ListAsync(ServicesOnPortZero host, string region) =>
        host.JsonAsync(SigningName, Target + "ListApplications", "{}", region);

    public Task<(int Status, string Body)>? Delete(ServicesOnPortZero host, string name, string region) =>
        host.JsonAsync(SigningName, Target + "DeleteApplication", $$"""{"applicationName":"{{name}}"}""", region);
}
