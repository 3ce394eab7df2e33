using Isobar.Local.History;

namespace Isobar.Local.Lambda;

/// <summary>A fact about a function.</summary>
internal interface IFunctionFact : IFact
{
    /// <summary>Without a qualifier.</summary>
    string FunctionName { get; }

    string? IFact.Resource => FactResource.Of("lambda", FunctionName);
}
