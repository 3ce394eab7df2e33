namespace Isobar.Local.Tests.Services.Ssm;

internal sealed class ParametersInRegions : IRegionalService
{
    public string SigningName => "ssm";

    public Task<(int Status, string Body)> CreateAsync(ServicesOnPortZero host, string name, string region) =>
        host.JsonAsync(SigningName, "AmazonSSM.PutParameter",
            $$"""{"Name":"{{name}}","Value":"{{name}}","Type":"String"}""", region);

    public Task<(int Status, string Body)> ListAsync(ServicesOnPortZero host, string region) =>
        host.JsonAsync(SigningName, "AmazonSSM.DescribeParameters", "{}", region);

    public Task<(int Status, string Body)>? Delete(ServicesOnPortZero host, string name, string region) =>
        host.JsonAsync(SigningName, "AmazonSSM.DeleteParameter", $$"""{"Name":"{{name}}"}""", region);
}
