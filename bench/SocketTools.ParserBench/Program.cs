using BenchmarkDotNet.Running;
using SocketTools.Bench;

// dotnet run -c Release --project bench/SocketTools.ParserBench: what reading an answer costs by its bytes, whatever their shape. Time and
// memory of the rows of one shape grow as their Kilobytes do.
BenchmarkRunner.Run<ParserBench>(args: args);
