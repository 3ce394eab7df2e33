namespace Isobar.Local.Services.DynamoDb.Expressions;

/// <summary>What can be wrong with an expression of correct syntax, in the order in which AWS looks for it.</summary>
internal enum Problem
{
    RedundantParentheses,
    ReservedWordInUpdate,
    UnknownFunction,
    MisusedFunction,
    ReservedWord,
    RepeatedSection,
    UndefinedName,
    UndefinedValue,
    PathTooDeep,
    PathsOverlap,
    PathsConflict,
    OperandCount,
    IndistinctOperands,
    OperandType,
}

/// <summary>Keeps the first problem of the highest rank.</summary>
internal sealed class ProblemList
{
    private Problem rank = (Problem)int.MaxValue;

    public string? First { get; private set; }

    public void Note(Problem problem, string message)
    {
        if (problem >= rank) return;
        (rank, First) = (problem, message);
    }
}
