namespace Amazon.Lambda.RuntimeSupport.Bootstrap;

/// <summary>What a bootstrap may be told instead of reading it from the environment.</summary>
public class LambdaBootstrapOptions
{
    /// <summary>host:port; AWS_LAMBDA_RUNTIME_API when null or empty.</summary>
    public string RuntimeApiEndpoint { get; set; }
}
