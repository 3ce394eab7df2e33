namespace Isobar.Local.Lambda.Environments;

/// <summary>The environments that are to be there before there is an invocation for them.</summary>
/// <param name="Number">Counts up with every list.</param>
/// <param name="Places">
/// How many of each configuration; <see cref="FunctionConfiguration.IsProvisioned"/> is true for all.
/// </param>
internal sealed record ProvisionedPlaces(
    long Number, IReadOnlyList<(FunctionConfiguration Function, int Count)> Places);

/// <summary>Whoever asked for provisioned environments.</summary>
internal interface IProvisioningOwner
{
    /// <summary>So many environments of a configuration are there and initialized now, at work or not.</summary>
    void BecameAvailable(FunctionConfiguration function, int environments);

    /// <summary>The init phase of one of them failed.</summary>
    void InitFailed(FunctionConfiguration function);
}
