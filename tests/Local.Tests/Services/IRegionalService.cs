namespace Isobar.Local.Tests.Services;

/// <summary>
/// How <see cref="RegionTests"/> makes, lists and deletes a service's resources, over its API. One for each service, in
/// the folder of the service's tests.
/// </summary>
internal interface IRegionalService
{
    string SigningName { get; }

    Task<(int Status, string Body)> CreateAsync(ServicesOnPortZero host, string name, string region);

    /// <summary>The body has the names of the Region's resources, alone or at the end of a URL or ARN.</summary>
    Task<(int Status, string Body)> ListAsync(ServicesOnPortZero host, string region);

    /// <returns>Null when the operation is not built.</returns>
    Task<(int Status, string Body)>? Delete(ServicesOnPortZero host, string name, string region);
}
