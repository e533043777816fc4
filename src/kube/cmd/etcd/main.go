// Command etcd is the unmodified etcd server that the API server of the demo and the tests stores into.
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() {
	etcdmain.Main(os.Args)
}
