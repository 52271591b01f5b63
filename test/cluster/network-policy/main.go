// Enforces the cluster's NetworkPolicies on this machine until its input ends: kube-router's controller, which is also the
// one in k3s (https://github.com/k3s-io/k3s/blob/master/pkg/agent/netpol/netpol.go), with nothing else of kube-router.
package main

import (
	"context"
	"flag"
	"io"
	"log"
	"os"
	"sync"

	"github.com/cloudnativelabs/kube-router/v2/pkg/controllers/netpol"
	"github.com/cloudnativelabs/kube-router/v2/pkg/healthcheck"
	"github.com/cloudnativelabs/kube-router/v2/pkg/options"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

func main() {
	config := options.NewKubeRouterConfig()
	flag.StringVar(&config.Kubeconfig, "kubeconfig", "", "")
	flag.StringVar(&config.HostnameOverride, "node", "", "")
	flag.StringVar(&config.ClusterIPCIDRs[0], "services", "", "their addresses")
	flag.Parse()
	config.EnableIPv4 = true
	if err := enforce(config); err != nil {
		log.Fatal(err)
	}
}

func enforce(config *options.KubeRouterConfig) error {
	ctx, end := context.WithCancel(context.Background())
	go func() {
		// Whoever started this has closed it, or is dead.
		io.Copy(io.Discard, os.Stdin)
		end()
	}()
	server, err := clientcmd.BuildConfigFromFlags("", config.Kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(server)
	if err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	pods := factory.Core().V1().Pods().Informer()
	namespaces := factory.Core().V1().Namespaces().Informer()
	policies := factory.Networking().V1().NetworkPolicies().Informer()
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())

	iptables, ipsets, err := netpol.NewIPTablesHandlers(config)
	if err != nil {
		return err
	}
	create := func() (*netpol.NetworkPolicyController, error) {
		return netpol.NewNetworkPolicyController(
			client, config, pods, policies, namespaces, &sync.Mutex{}, iptables, ipsets)
	}
	controller, err := create()
	if err != nil {
		return err
	}
	for _, each := range []struct {
		informer cache.SharedIndexInformer
		handler  cache.ResourceEventHandler
	}{
		{pods, controller.PodEventHandler},
		{namespaces, controller.NamespaceEventHandler},
		{policies, controller.NetworkPolicyEventHandler},
	} {
		if _, err := each.informer.AddEventHandler(each.handler); err != nil {
			return err
		}
	}
	heartbeats := make(chan *healthcheck.ControllerHeartbeat, 10)
	go func() {
		for range heartbeats {
		}
	}()
	var running sync.WaitGroup
	running.Add(1)
	controller.Run(heartbeats, ctx.Done(), &running)
	running.Wait()
	// By another one: it appends to what was last read, so that one which ran would write each rule of others twice.
	last, err := create()
	if err != nil {
		return err
	}
	last.Cleanup()
	return nil
}
