namespace Isobar.Local.Tests.Services.Ssm;

internal sealed class ParametersInRegions : IRegionalService
{
    public string SigningName => "ssm";

    public Task<(int Status, string Body)> CreateAsync(ServicesOnPortZero host, string name, string region) =>
        host.JsonAsync(SigningName, "AmazonSSM.PutParameter",
            $$"""{"Name":"{{name}}","Value":"{{name}}","Type":"String"}""", region);

    public async Task<(int Status, string Body)> ListAsync(ServicesOnPortZero host, string region)
    {
        // The operations that list are not built: each of the names is asked for.
        var found = "";
        foreach (var name in RegionTests.Names)
        {
            var (status, body) = await host.JsonAsync(
                SigningName, "AmazonSSM.GetParameter", $$"""{"Name":"{{name}}"}""", region);
            if (status == 200) found += body;
        }

        return (200, found);
    }

    public Task<(int Status, string Body)>? Delete(ServicesOnPortZero host, string name, string region) =>
        null;
}
