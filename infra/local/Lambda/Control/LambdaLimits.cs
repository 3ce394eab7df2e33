namespace Isobar.Local.Lambda.Control;

/// <summary>Lambda's numbers.</summary>
/// <remarks>
/// Source, unless a member says otherwise: AWS Lambda Developer Guide, Lambda quotas (October 2026).
/// </remarks>
internal static class LambdaLimits
{
    /// <summary>6 MB: the payload of a synchronous invocation.</summary>
    /// <summary>10 GB: an image, unpacked. Source: Lambda developer guide, "Lambda quotas".</summary>
    public const long MaxImageBytes = 10L * 1_073_741_824;

    /// <summary>Entries of an image's EntryPoint or Command. Source: AWS Lambda API Reference, ImageConfig.</summary>
    public const int MaxImageArguments = 1_500;

    /// <summary>Characters of an image's WorkingDirectory. Source: as before.</summary>
    public const int MaxWorkingDirectoryCharacters = 1_000;

    public const int MaxSynchronousPayloadBytes = 6_291_456;

    /// <summary>1 MB: the payload of an asynchronous invocation, raised from 256 KB in October 2025.</summary>
    public const int MaxAsynchronousPayloadBytes = 1_048_576;

    /// <summary>Base64 characters of <c>X-Amz-Client-Context</c>. Source: API Reference, Invoke.</summary>
    public const int MaxClientContextCharacters = 3_583;

    /// <summary>Concurrent executions of an account in a Region, unless it has another quota.</summary>
    public const int AccountConcurrency = 1_000;

    /// <summary>What reservations must leave to the functions that have none.</summary>
    public const int MinUnreservedConcurrency = 100;

    /// <summary>4 KB: all environment variables of a function, as JSON.</summary>
    public const int MaxEnvironmentBytes = 4_096;

    public const int MinMemoryMb = 128;

    public const int MaxMemoryMb = 10_240;

    /// <summary>Seconds; also the default memory in MB is <see cref="MinMemoryMb"/>.</summary>
    public const int DefaultTimeoutSeconds = 3;

    public const int MaxTimeoutSeconds = 900;

    /// <summary>Functions that are created by the API. This host's bound; AWS bounds the bytes of their code.</summary>
    public const int MaxFunctions = 10_000;

    public const int MaxFunctionNameCharacters = 64;

    /// <summary>Characters of a version or alias name.</summary>
    public const int MaxQualifierCharacters = 128;

    /// <summary>How deep JSON may nest: what the service's parser (Jackson) takes by default.</summary>
    public const int MaxJsonDepth = 1_000;

    /// <summary>
    /// What the door reads before it hangs up: a larger payload than any limit is answered, not cut off.
    /// </summary>
    public const int MaxRequestBytes = 80 * 1_048_576;

    /// <summary>A request that brings a zip file must be smaller. Source: recorded text of CreateFunction.</summary>
    public const int MaxUploadRequestBytes = 70_167_211;

    /// <summary>Characters of a function's name or ARN where one is created. Source: recorded.</summary>
    public const int MaxNewFunctionNameCharacters = 140;

    /// <summary>Source: API Reference, CreateFunction.</summary>
    public const int MaxHandlerCharacters = 128;

    /// <summary>Source: AWS Lambda Developer Guide, "Using tags on Lambda functions".</summary>
    public const int MaxTags = 50;

    /// <summary>Items on a page of a list. Source: API Reference, ListFunctions and ListEventSourceMappings.</summary>
    public const int MaxFunctionsOnPage = 50;

    public const int MaxMappingsOnPage = 100;

    /// <summary>Source: API Reference, ListVersionsByFunction and ListAliases.</summary>
    public const int MaxVersionsOnPage = 50;

    /// <summary>Source: API Reference, ListFunctionEventInvokeConfigs.</summary>
    public const int MaxEventInvokeConfigsOnPage = 50;

    /// <summary>Source: API Reference, ListProvisionedConcurrencyConfigs.</summary>
    public const int MaxProvisionedConfigsOnPage = 50;

    /// <summary>Source: API Reference, ListLayers and ListLayerVersions.</summary>
    public const int MaxLayersOnPage = 50;

    public const int MaxLayers = 5;

    /// <summary>Versions of all layers. This host's bound; AWS bounds the bytes of their content.</summary>
    public const int MaxLayerVersions = 10_000;

    /// <summary>75 GB: the packages of all functions and layers. Source: API Reference, AccountLimit.</summary>
    public const long MaxTotalCodeBytes = 80_530_636_800;

    /// <summary>50 MB: a package in a request.</summary>
    public const long MaxZippedBytes = 52_428_800;

    /// <summary>250 MB: a function and its layers together, unzipped.</summary>
    public const long MaxUnzippedBytes = 262_144_000;

    /// <summary>Source of this and the next three: API Reference, PublishLayerVersion.</summary>
    public const int MaxLayerNameCharacters = 140;

    public const int MaxDescriptionCharacters = 256;

    public const int MaxLicenseCharacters = 512;

    public const int MaxCompatibleRuntimes = 15;
}
