using System.Collections.Generic;

namespace Amazon.Lambda.APIGatewayEvents;

/// <summary>A request of a REST API, as a proxy integration hands it to a function.</summary>
public class APIGatewayProxyRequest
{
    /// <summary>Without the stage.</summary>
    public string Path { get; set; }

    /// <summary>Null when the request has none; of a name that comes twice, the last value.</summary>
    public IDictionary<string, string> QueryStringParameters { get; set; }

    public IDictionary<string, string> PathParameters { get; set; }

    public ProxyRequestContext RequestContext { get; set; }

    /// <summary>Null when the request has none.</summary>
    public string Body { get; set; }

    public bool IsBase64Encoded { get; set; }

    public class ProxyRequestContext
    {
        /// <summary>The gateway's own, not that of the invocation.</summary>
        public string RequestId { get; set; }
    }
}
